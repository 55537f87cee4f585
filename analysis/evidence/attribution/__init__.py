"""Attribution: who is reported to have said, written, thought or wanted what, from the grammar of a sentence.

`cues` and `sources` name the words; `candidates` lists every place that could attribute a content, by `verbs` and their `objects`
in the forms of `constructions`; `speech`, over a `layout` of the quoted spans, settles what stands in quotation marks, with
`nearby_cues` where grammar ties it to none; `acceptance` keeps of the rest what is likely; `attributions` puts it together.
"""
