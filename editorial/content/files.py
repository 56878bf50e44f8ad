"""Reads YAML with line numbers, so that a mistake can be named by file and line; writes it readably."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import yaml

# The same reader in C where PyYAML was built with it: fifteen times as fast.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Problem:
    """One mistake in one content file, in words for the person who wrote it."""

    path: Path
    line: int
    message: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.message}"


class ContentError(Exception):
    """One or more content files cannot be loaded. `problems` names each mistake."""

    def __init__(self, problems):
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass
class ContentFile:
    """A parsed file: its data, and on which line each value stands.

    `lines` is keyed by the path to a value, such as ("fits", 2, "text").
    """

    path: Path
    data: dict
    lines: dict = field(default_factory=dict)

    def problem(self, where, message):
        """A `Problem` at the value `where`, or at the nearest thing around it."""
        where = tuple(where)
        while where and where not in self.lines:
            where = where[:-1]
        return Problem(self.path, self.lines.get(where, 1), message)


def read(path):
    """Parse one file: YAML, or JSON by its name. Raises ContentError when it is neither, or no mapping."""
    return _read_json(path) if path.suffix == ".json" else _read_yaml(path)


def _read_json(path):
    """A file of the dataset. Written by a program, so that no line has to be named."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ContentError([Problem(path, getattr(error, "lineno", 1), f"Not readable as JSON: {error}.")]) from error
    if not isinstance(data, dict):
        raise ContentError([Problem(path, 1, "An object belongs here; this is something else.")])
    return ContentFile(path, data)


def _read_yaml(path):
    loader = None
    try:
        loader = Loader(path.read_text(encoding="utf-8"))
        root = loader.get_single_node()
        if not isinstance(root, yaml.MappingNode):
            raise ContentError([Problem(path, 1, "Write `name: value` lines; this is something else.")])
        content = ContentFile(path, {})
        content.data = _value(loader, root, (), content)
        return content
    except UnicodeDecodeError as error:
        raise ContentError([Problem(path, 1, f"Not UTF-8 text: {error.reason}.")]) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError([Problem(path, line, f"Not readable as YAML: {error.problem}.")]) from error
    except yaml.YAMLError as error:
        raise ContentError([Problem(path, 1, f"Not readable as YAML: {error}.")]) from error
    finally:
        if loader is not None:
            loader.dispose()


def _value(loader, node, where, content):
    content.lines[where] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        found = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise ContentError(
                    [Problem(content.path, line, "A name must be one word. Put texts with { or [ in quotes.")]
                )
            key = loader.construct_object(key_node)
            if key in found:
                raise ContentError([Problem(content.path, line, f"“{key}” stands here twice.")])
            found[key] = _value(loader, value_node, (*where, key), content)
            content.lines[(*where, key)] = line
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_value(loader, item, (*where, index), content) for index, item in enumerate(node.value)]
    try:
        return loader.construct_object(node)
    except ValueError as error:
        message = f"“{node.value}” cannot be read: {error}."
        raise ContentError([Problem(content.path, node.start_mark.line + 1, message)]) from error


class _ReadableDumper(yaml.SafeDumper):
    """Long texts as blocks, lists indented under their name."""

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)


def _represent_text(dumper, text):
    if "\n" in text:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
    style = ">" if len(text) > 90 else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_ReadableDumper.add_representer(str, _represent_text)


def write(path, data):
    """Write one item, so that reading the file gives `data` again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(data, Dumper=_ReadableDumper, sort_keys=False, allow_unicode=True, width=110)
    path.write_text(text, encoding="utf-8")
