# snippet
s2 delete-stream s2://my-basin/example-1
# end
