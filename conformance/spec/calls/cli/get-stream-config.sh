# snippet
s2 get-stream-config s2://my-basin/example-1
# end
