/* app.js - optional help on pages that are complete without it.  ES5; every
   block looks for what it needs and stays silent otherwise.
   SPDX-License-Identifier: MulanPSL-2.0 */
(function () {
  if (!document.querySelector || !document.addEventListener) { return; }
  var each = function (sel, fn) {
    Array.prototype.forEach.call(document.querySelectorAll(sel), fn);
  };

  /* after a refused submit the reader starts at the list of errors; a link in
     it puts the cursor into the control */
  var sum = document.querySelector('.errsum');
  if (sum) { sum.setAttribute('tabindex', '-1'); sum.focus(); }
  each('.errsum a, .warnsum a', function (a) {
    a.addEventListener('click', function () {
      var el = document.getElementById(a.getAttribute('href').slice(1));
      if (el && el.focus) { setTimeout(function () { el.focus(); }, 0); }
    });
  });

  /* dates: 20260315, 2026.3.15 and 2026年3月15日 become 2026-03-15 */
  each('input[data-kind=date]', function (el) {
    el.addEventListener('blur', function () {
      var m = /^\s*(\d{4})\D*(\d{1,2})(?:\D*(\d{1,2}))?\D*$/.exec(el.value);
      if (!m) { return; }
      var two = function (s) { return s.length < 2 ? '0' + s : s; };
      el.value = m[1] + '-' + two(m[2]) + (m[3] ? '-' + two(m[3]) : '');
    });
  });

  /* a photo is cut to its shape and made small before it is sent, and shown;
     the server does the same to whatever comes */
  var photo = function (el, size) {
    var box = el.parentNode, file = el.files && el.files[0];
    if (!file || !window.createImageBitmap || !window.DataTransfer) { return; }
    window.createImageBitmap(file).then(function (bmp) {
      var canvas = document.createElement('canvas');
      var w = Math.min(bmp.width, bmp.height * size[0] / size[1]);
      var h = Math.min(bmp.height, bmp.width * size[1] / size[0]);
      var old = box.querySelector('img, svg, canvas');
      canvas.width = size[0];
      canvas.height = size[1];
      canvas.getContext('2d').drawImage(bmp, (bmp.width - w) / 2,
        (bmp.height - h) / 2, w, h, 0, 0, size[0], size[1]);
      box.replaceChild(canvas, old);
      if (w < size[0] || !canvas.toBlob) { return; }
      canvas.toBlob(function (blob) {
        var all = new window.DataTransfer();
        all.items.add(new window.File([blob], file.name.replace(/\.[^.]*$/, '') + '.jpg',
          { type: 'image/jpeg' }));
        if (el.files[0] === file) { el.files = all.files; }
      }, 'image/jpeg', 0.92);
    }, function () { /* no picture: the server says so */ });
  };
  each('input[data-photo]', function (el) {
    el.addEventListener('change', function () {
      photo(el, el.getAttribute('data-photo').split('x').map(Number));
    });
  });

  /* leaving a changed form asks first */
  var dirty = false;
  each('form[data-guard]', function (f) {
    f.addEventListener('input', function () { dirty = true; });
    f.addEventListener('submit', function () { dirty = false; });
  });
  window.addEventListener('beforeunload', function (e) {
    if (dirty) { e.preventDefault(); e.returnValue = ''; }
  });
}());
