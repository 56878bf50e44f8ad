"""From official files to the database.

`reading` opens files and names what is wrong with them; `oews`, `onet` and `projections` each know one program's
layout; `box` reads and writes the compact files in `outlook/data/`; `storing` puts any of them into the database,
all or nothing; `scope` says what we keep.
"""
