# snippet
echo hello | s2 append s2://my-basin/example-1
# end
