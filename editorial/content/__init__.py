"""Content as files: one reviewed YAML file per thing, in step with the database.

`files` reads and writes YAML, `kinds` says which models travel and how they look as plain data,
`load` makes the database agree with the files, `dump` writes the database back.
"""
