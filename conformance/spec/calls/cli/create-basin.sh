# snippet
s2 create-basin --create-stream-on-append example-1
# end
