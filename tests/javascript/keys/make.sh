#!/usr/bin/env bash
# Made the keys and certificates of this folder, which are for the tests of tls, https and crypto and for
# nothing else. They are good for a hundred years; what has expired is made so.
set -euo pipefail
cd "$(dirname "$0")"
days=36500

new_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" 2>/dev/null; }

# name, subject, extensions...
self_signed() {
  new_key "$1"
  local extensions=() one
  for one in "${@:3}"; do extensions+=(-addext "$one"); done
  openssl req -x509 -key "$1.key" -out "$1.crt" -subj "$2" -days $days "${extensions[@]}"
}

# name, subject, issuer, extensions
signed() {
  new_key "$1"
  openssl req -new -key "$1.key" -subj "$2" |
    openssl x509 -req -CA "$3.crt" -CAkey "$3.key" -set_serial "0x0$(openssl rand -hex 15)" -out "$1.crt" \
      -extfile <(echo "$4") -days $days
}

self_signed local /CN=localhost/O=Violet subjectAltName=DNS:localhost,DNS:*.example.org,IP:127.0.0.1
self_signed other /CN=other.test subjectAltName=DNS:other.test
self_signed star /CN=star subjectAltName=DNS:*.star.test
self_signed root "/C=DE/O=Violet/CN=Root of the tests"
signed middle "/CN=Between root and leaf" root "basicConstraints=critical,CA:true"
signed leaf /CN=leaf middle $'subjectAltName=DNS:leaf.test,DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth'
signed client /CN=client root $'subjectAltName=email:client@example.org\nextendedKeyUsage=clientAuth'
new_key expired
book=$(mktemp -d)
trap 'rm -r "$book"' EXIT
touch "$book/index"
printf '[ca]\ndefault_ca = it\n[it]\ndatabase = %s/index\npolicy = any\nrand_serial = yes\n[any]\ncommonName = supplied\n' "$book" >"$book/config"
openssl req -new -key expired.key -subj /CN=localhost -out "$book/request"
openssl ca -batch -selfsign -keyfile expired.key -in "$book/request" -out expired.crt -startdate 20000101000000Z \
  -enddate 20010101000000Z -notext -outdir "$book" -md sha256 -config "$book/config"
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.key
openssl req -x509 -key rsa.key -out rsa.crt -subj "/C=DE/ST=Bayern/O=Violet, the loop/CN=rsa/emailAddress=a@b.c" -days $days \
  -addext "subjectAltName=DNS:a.test,IP:::1,email:x@y.z,URI:http://u.test/" -addext extendedKeyUsage=serverAuth,clientAuth \
  -addext "authorityInfoAccess=OCSP;URI:http://ocsp.test/,caIssuers;URI:http://ca.test/"
openssl rsa -in rsa.key -aes-128-cbc -passout pass:secret -traditional -out rsa_encrypted.key
openssl pkcs8 -topk8 -in rsa.key -passout pass:secret -out rsa_pkcs8_encrypted.key
for kind in ed25519 x25519; do openssl genpkey -algorithm $kind -out $kind.key; done
cat leaf.crt middle.crt >leaf_chain.crt
