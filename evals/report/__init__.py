"""A page people can read: tables and charts in one file that needs nothing else."""
