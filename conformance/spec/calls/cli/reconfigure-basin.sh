# snippet
s2 reconfigure-basin --create-stream-on-append true example-1
# end
