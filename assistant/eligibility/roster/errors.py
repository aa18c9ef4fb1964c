"""Why a roster cannot be taken as it is.

RosterError (CallerError: 422)
├── NotATable              neither .xlsx nor .csv
├── MisnamedFile           the name says one, the content is the other
├── OldWorkbook            .xls of Excel 97–2003
├── EncryptedWorkbook      opens with a password only
├── MacroWorkbook          holds macros
├── DamagedWorkbook        cannot be read to its end
├── InflatedWorkbook       far larger unpacked than packed
├── EntitiesInside         XML that declares entities
├── UnknownEncoding        a .csv in neither UTF-8 nor GB18030
├── EmptyTable             no row of data
├── NoHeader               no row that names columns
├── TooManyRows, TooManyColumns
├── UncalculatedFormulas   formulas without stored values
├── MergedCells            merged cells among the data
├── UnknownField, UnknownColumn   a choice of columns that fits nothing
├── AmbiguousColumns       several columns for one field
├── MissingColumns         nothing to check by
├── PlaceNotGiven          neither a place nor a column of places
└── NoRotationRules        no rule on rotation is held for the place
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.errors import CallerError

_SHOWN = 5


class RosterError(CallerError):
    """The roster cannot be checked as it is; the message says, in Chinese, what to do."""

    code = "roster"


class NotATable(RosterError):
    """The content is no table; `found` says what it looks like."""

    code = "not_a_table"

    def __init__(self, found: str) -> None:
        self.found = found
        super().__init__(f"这不是可以读取的表格：内容是{found}。请另存为 .xlsx 或 .csv 后再上传。")


class MisnamedFile(RosterError):
    """The content is not what the file's name says."""

    code = "misnamed_file"

    def __init__(self, name: str, found: str) -> None:
        self.name, self.found = name, found
        super().__init__(f"文件“{name}”的内容是{found}，与扩展名不符。请改正扩展名，或重新另存后再上传。")


class OldWorkbook(RosterError):
    """A workbook of Excel 97–2003."""

    code = "old_workbook"

    def __init__(self) -> None:
        super().__init__("这是旧格式的 .xls 文件。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。")


class EncryptedWorkbook(RosterError):
    """It opens with a password only."""

    code = "encrypted_workbook"

    def __init__(self) -> None:
        super().__init__("文件设有打开密码，无法读取。请取消密码后另存，再上传。")


class MacroWorkbook(RosterError):
    """It holds macros, which are never needed for a roster."""

    code = "macro_workbook"

    def __init__(self) -> None:
        super().__init__("文件含有宏，不予读取。请另存为不带宏的 .xlsx 后再上传。")


class DamagedWorkbook(RosterError):
    """It cannot be read to its end."""

    code = "damaged_workbook"

    def __init__(self) -> None:
        super().__init__("文件已损坏，读不完整。请用 Excel 或 WPS 打开检查，另存后再上传。")


class InflatedWorkbook(RosterError):
    """Unpacked it would be larger than `limit` bytes, or out of all proportion to its packed size."""

    code = "inflated_workbook"

    def __init__(self, size: int, limit: int) -> None:
        self.size, self.limit = size, limit
        super().__init__(
            f"文件解压后约 {size >> 20} MB，过大或压缩比异常，不予读取"
            f"（上限 {limit >> 20} MB）。请只保留花名册所在的工作表，清除多余的格式后另存。"
        )


class EntitiesInside(RosterError):
    """Its XML declares a document type or entities, which no spreadsheet program writes."""

    code = "entities_inside"

    def __init__(self) -> None:
        super().__init__("文件内部含有实体声明（DOCTYPE），不予读取。请用 Excel 或 WPS 打开后另存，再上传。")


class UnknownEncoding(RosterError):
    """Text in neither UTF-8 nor GB18030."""

    code = "unknown_encoding"

    def __init__(self) -> None:
        super().__init__("读不出文本的编码。请把 .csv 存为 UTF-8 或 GB18030（简体中文）编码，或改用 .xlsx。")


class EmptyTable(RosterError):
    """There is no row of data."""

    code = "empty_table"

    def __init__(self) -> None:
        super().__init__("表格里没有数据。请检查是否上传了正确的文件。")


class NoHeader(RosterError):
    """No row names columns; `looked` rows were looked at."""

    code = "no_header"

    def __init__(self, looked: int) -> None:
        super().__init__(
            f"前 {looked} 行里没有找到表头。表头应在同一行写明各列的名称，"
            "如：姓名、单位、职务、任现职时间；表头上方可以有标题行。"
        )


class TooManyRows(RosterError):
    """More rows than are checked at once."""

    code = "too_many_rows"

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"数据超过 {limit:,} 行的上限。请拆成几个文件分别核查。")


class TooManyColumns(RosterError):
    """More columns than a roster has."""

    code = "too_many_columns"

    def __init__(self, found: int, limit: int) -> None:
        self.found, self.limit = found, limit
        super().__init__(f"表格有 {found} 列，超过 {limit} 列的上限。请只保留核查需要的列。")


class UncalculatedFormulas(RosterError):
    """Formulas whose values were never stored; `cells` name where."""

    code = "uncalculated_formulas"

    def __init__(self, cells: Sequence[str]) -> None:
        self.cells = tuple(cells)
        super().__init__(
            f"有公式没有保存计算结果：{_listed(self.cells)}。请用 Excel 或 WPS 打开，"
            "重新计算并保存，或把公式粘贴为数值后再上传。"
        )


class MergedCells(RosterError):
    """Cells merged among the data: it cannot be known to which rows their value belongs."""

    code = "merged_cells"

    def __init__(self, ranges: Sequence[str]) -> None:
        self.ranges = tuple(ranges)
        super().__init__(f"数据区有合并单元格：{_listed(self.ranges)}。请取消合并，逐行填写后再上传。")


class UnknownField(RosterError):
    """No field has this name."""

    code = "unknown_field"

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"没有名为“{name}”的项目。可以指定列的项目：{'、'.join(known)}。")


class UnknownColumn(RosterError):
    """The table has no column of this name, or several."""

    code = "unknown_column"

    def __init__(self, name: str, headers: Sequence[str]) -> None:
        super().__init__(f"表中没有唯一的“{name}”列。现有的列：{'、'.join(headers)}。列名重复时可以写列号，如 F列。")


class AmbiguousColumns(RosterError):
    """Several columns could be one field; `fields` pairs its label with their names."""

    code = "ambiguous_columns"

    def __init__(self, fields: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        self.fields = tuple(fields)
        each = "；".join(f"“{label}”可能是{'、'.join(headers)}" for label, headers in self.fields)
        super().__init__(f"有的项目对应多列，不能确定用哪一列：{each}。请指定。")


class MissingColumns(RosterError):
    """A column without which no row can be checked; `labels` name what is looked for."""

    code = "missing_columns"

    def __init__(self, labels: Sequence[str], headers: Sequence[str]) -> None:
        self.labels = tuple(labels)
        super().__init__(f"缺少核查必需的列：{'、'.join(self.labels)}。表中的列：{'、'.join(headers)}。请指定或补上。")


class PlaceNotGiven(RosterError):
    """It is not known by the rules of which place to check."""

    code = "place_not_given"

    def __init__(self) -> None:
        super().__init__("不知道按哪里的规定核查。请指定地区，或在表中加一列“地区”。")


class NoRotationRules(RosterError):
    """No rule on rotation that can be checked is held for the place."""

    code = "no_rotation_rules"

    def __init__(self, place: str, known: Sequence[str]) -> None:
        self.place = place
        some = f"可以核查的地区：{'、'.join(known)}。" if known else ""
        super().__init__(f"知识库里没有{place}可以核查的交流轮岗规定。{some}")


def _listed(names: tuple[str, ...]) -> str:
    more = f"等 {len(names)} 处" if len(names) > _SHOWN else ""
    return "、".join(names[:_SHOWN]) + more
