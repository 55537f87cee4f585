"""Partitions: how a story of many articles is measured: whole episodes at a time, in as many processes as there are.

`plan` says which documents are measured together, `partition` measures one of them and leaves its part of each table and a receipt,
`processes` and `cluster` do that at several places at once, `gathering` puts the parts into place, `measurement` is all of it.
"""
