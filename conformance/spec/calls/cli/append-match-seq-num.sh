# snippet
echo hello | s2 append --match-seq-num 3 s2://my-basin/example-1
# end
