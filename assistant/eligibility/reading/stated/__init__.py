"""What words state: yes or no, one of several, counts and shares, the day of the act."""
