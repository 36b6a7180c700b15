# snippet
s2 list-access-tokens --prefix read --limit 10 --no-auto-paginate
# end
