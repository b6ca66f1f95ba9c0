"""The script of the search in the box: plain JavaScript of 2009, as every browser since has it and will keep it."""

SCRIPT = """
(function () {
  var rows = JSON.parse(document.getElementById('d').textContent);
  var words = rows.map(function (row) { return row.slice(0, 5).concat(row[6]).join(' ').toLowerCase(); });
  var field = document.getElementById('q'), count = document.getElementById('n'), list = document.getElementById('r');
  var MOST = 300, waiting = 0;
  function cell(line, value) {
    var one = document.createElement('td');
    one.appendChild(document.createTextNode(value));
    line.appendChild(one);
    return one;
  }
  function show(at) {
    var row = rows[at], line = document.createElement('tr');
    cell(line, row[0]);
    var title = cell(line, row[5] ? '' : row[1]);
    if (row[5]) {
      var link = document.createElement('a');
      link.href = row[5].split('/').map(encodeURIComponent).join('/');
      link.appendChild(document.createTextNode(row[1] || row[0]));
      title.appendChild(link);
    }
    cell(line, row[2]); cell(line, row[3]); cell(line, row[4]);
    return line;
  }
  function look() {
    var asked = field.value.toLowerCase().split(/\\s+/).filter(function (word) { return word; });
    while (list.firstChild) { list.removeChild(list.firstChild); }
    count.textContent = '';
    if (!asked.length) { return; }
    var table = document.createElement('table'), hits = 0;
    for (var at = 0; at < rows.length; at += 1) {
      if (asked.every(function (word) { return words[at].indexOf(word) >= 0; })) {
        hits += 1;
        if (hits <= MOST) { table.appendChild(show(at)); }
      }
    }
    if (!hits) { count.textContent = '没有找到'; return; }
    count.textContent = '找到' + hits + '件' + (hits > MOST ? '，列出前' + MOST + '件，请再加一个词' : '');
    list.appendChild(table);
  }
  field.addEventListener('input', function () { clearTimeout(waiting); waiting = setTimeout(look, 120); });
  if (location.hash) { field.value = decodeURIComponent(location.hash.slice(1)); look(); }
}());
"""
"""The rows it looks through: code, title, day, people, kind, path of the first file from the page on, other words."""
