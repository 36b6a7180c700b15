# snippet
s2 create-stream s2://my-basin/example-1
# end
