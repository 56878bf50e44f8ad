"""Search over everything published.

`normalize` turns text into plain words, `subjects` says what each kind of page tells the index, `index` keeps the
index in step with what editors change, `trigrams` lets both databases find parts of words without reading every row,
`ranking` orders what was found (pure functions, the same on both databases), and `find` puts them together.
"""
