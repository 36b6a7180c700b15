# snippet
s2 list-streams --prefix example- --limit 10 --no-auto-paginate my-basin
# end
