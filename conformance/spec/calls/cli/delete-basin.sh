# snippet
s2 delete-basin example-1
# end
