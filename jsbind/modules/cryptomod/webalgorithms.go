package cryptomod

// webOps are the operations of an algorithm, each with the name of the dictionary
// of its parameters, "" for none.
type webOps map[string]string

// webAlgorithm is an algorithm of the Web Crypto API
// (https://nodejs.org/docs/latest-v24.x/api/webcrypto.html#algorithm-matrix).
type webAlgorithm struct {
	name         string
	experimental bool // its first use is told
	ops          webOps
}

// stored is what keys of an algorithm can do everywhere: be imported, exported
// and, with the dictionaries given, generated.
func stored(generate, imported string, more webOps) webOps {
	o := webOps{"generateKey": generate, "importKey": imported, "exportKey": ""}
	for k, v := range more {
		o[k] = v
	}
	return o
}

func aes(params string) webOps {
	o := stored("AesKeyGenParams", "", webOps{"get key length": "AesDerivedKeyParams"})
	if params == "" {
		o["wrapKey"], o["unwrapKey"] = "", ""
		return o
	}
	o["encrypt"], o["decrypt"] = params, params
	return o
}

func signing(generate, imported, params string) webOps {
	return stored(generate, imported, webOps{"sign": params, "verify": params})
}

func deriving(params string) webOps {
	return webOps{"importKey": "", "deriveBits": params, "get key length": ""}
}

var webAlgorithms = func() map[string]*webAlgorithm {
	kem := func() webOps { return stored("", "", webOps{"encapsulate": "", "decapsulate": ""}) }
	agreeing := webOps{"deriveBits": "EcdhKeyDeriveParams"}
	hmac := signing("HmacKeyGenParams", "HmacImportParams", "")
	hmac["get key length"] = "HmacImportParams"
	kmac := signing("KmacKeyGenParams", "KmacImportParams", "KmacParams")
	kmac["get key length"] = "KmacImportParams"
	out := map[string]*webAlgorithm{}
	for _, a := range []webAlgorithm{
		{"AES-CBC", false, aes("AesCbcParams")},
		{"AES-CTR", false, aes("AesCtrParams")},
		{"AES-GCM", false, aes("AeadParams")},
		{"AES-KW", false, aes("")},
		{"AES-OCB", true, aes("AeadParams")},
		{"Argon2d", true, deriving("Argon2Params")},
		{"Argon2i", true, deriving("Argon2Params")},
		{"Argon2id", true, deriving("Argon2Params")},
		{"ChaCha20-Poly1305", true, stored("", "", webOps{"encrypt": "AeadParams", "decrypt": "AeadParams", "get key length": ""})},
		{"cSHAKE128", true, webOps{"digest": "CShakeParams"}},
		{"cSHAKE256", true, webOps{"digest": "CShakeParams"}},
		{"ECDH", false, stored("EcKeyGenParams", "EcKeyImportParams", agreeing)},
		{"ECDSA", false, signing("EcKeyGenParams", "EcKeyImportParams", "EcdsaParams")},
		{"Ed25519", false, signing("", "", "")},
		{"Ed448", true, signing("", "", "ContextParams")},
		{"HKDF", false, deriving("HkdfParams")},
		{"HMAC", false, hmac},
		{"KMAC128", true, kmac},
		{"KMAC256", true, kmac},
		{"ML-DSA-44", true, signing("", "", "ContextParams")},
		{"ML-DSA-65", true, signing("", "", "ContextParams")},
		{"ML-DSA-87", true, signing("", "", "ContextParams")},
		{"ML-KEM-512", true, kem()},
		{"ML-KEM-768", true, kem()},
		{"ML-KEM-1024", true, kem()},
		{"PBKDF2", false, deriving("Pbkdf2Params")},
		{"RSA-OAEP", false, stored("RsaHashedKeyGenParams", "RsaHashedImportParams", webOps{"encrypt": "RsaOaepParams", "decrypt": "RsaOaepParams"})},
		{"RSA-PSS", false, signing("RsaHashedKeyGenParams", "RsaHashedImportParams", "RsaPssParams")},
		{"RSASSA-PKCS1-v1_5", false, signing("RsaHashedKeyGenParams", "RsaHashedImportParams", "")},
		{"SHA-1", false, webOps{"digest": ""}},
		{"SHA-256", false, webOps{"digest": ""}},
		{"SHA-384", false, webOps{"digest": ""}},
		{"SHA-512", false, webOps{"digest": ""}},
		{"SHA3-256", true, webOps{"digest": ""}},
		{"SHA3-384", true, webOps{"digest": ""}},
		{"SHA3-512", true, webOps{"digest": ""}},
		{"X25519", false, stored("", "", agreeing)},
		{"X448", true, stored("", "", agreeing)},
	} {
		out[upper(a.name)] = &a
	}
	return out
}()

// allowed are the usages of an algorithm's keys: for a key pair those of the
// public and of the private key.
func allowed(name string) (public, private []string) {
	switch family(name) {
	case "RSA-OAEP":
		return []string{"encrypt", "wrapKey"}, []string{"decrypt", "unwrapKey"}
	case "RSASSA-PKCS1-v1_5", "RSA-PSS", "ECDSA", "Ed25519", "Ed448", "ML-DSA":
		return []string{"verify"}, []string{"sign"}
	case "ML-KEM":
		return []string{"encapsulateKey", "encapsulateBits"}, []string{"decapsulateKey", "decapsulateBits"}
	case "ECDH", "X25519", "X448", "HKDF", "PBKDF2", "Argon2":
		return nil, []string{"deriveKey", "deriveBits"}
	case "HMAC", "KMAC":
		return nil, []string{"sign", "verify"}
	case "AES-KW":
		return nil, []string{"wrapKey", "unwrapKey"}
	}
	return nil, []string{"encrypt", "decrypt", "wrapKey", "unwrapKey"}
}
