# snippet
s2 reconfigure-stream --retention-policy 1d s2://my-basin/example-1
# end
