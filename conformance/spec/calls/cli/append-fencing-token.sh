# snippet
echo hello | s2 append --fencing-token writer-1 s2://my-basin/example-1
# end
