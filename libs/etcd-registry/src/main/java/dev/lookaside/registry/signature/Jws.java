package dev.lookaside.registry.signature;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.X509CertUtils;
import dev.lookaside.tls.TlsMaterial.Identity;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A signed text in compact form, with the certificates of who signed it in its header ({@code
 * x5c}).
 *
 * @param chain the certificate of the key first; nobody has judged it yet
 */
record Jws(String payload, List<X509Certificate> chain) {
  private static final int LONGEST_CHAIN = 5;

  /** Empty for a key that JWS knows no algorithm for. */
  static Optional<String> sign(String type, String payload, Identity identity) {
    try {
      JWSSigner signer;
      JWSAlgorithm algorithm;
      if (identity.key() instanceof ECPrivateKey key) {
        signer = new ECDSASigner(key);
        algorithm = signer.supportedJWSAlgorithms().iterator().next();
      } else if (identity.certificate().getPublicKey() instanceof RSAPublicKey) {
        signer = new RSASSASigner(identity.key());
        algorithm = JWSAlgorithm.PS256;
      } else {
        return Optional.empty();
      }
      List<Base64> chain = new ArrayList<>();
      for (X509Certificate certificate : identity.chain()) {
        chain.add(Base64.encode(certificate.getEncoded()));
      }
      JWSObject jws =
          new JWSObject(
              new JWSHeader.Builder(algorithm)
                  .type(new JOSEObjectType(type))
                  .x509CertChain(chain)
                  .build(),
              new Payload(payload));
      jws.sign(signer);
      return Optional.of(jws.serialize());
    } catch (JOSEException | CertificateEncodingException e) {
      return Optional.empty();
    }
  }

  /**
   * What was signed by the key of the first certificate.
   *
   * @throws IllegalArgumentException if nothing was, or as something else
   */
  static Jws open(String type, String text) {
    try {
      JWSObject jws = JWSObject.parse(text);
      JWSHeader header = jws.getHeader();
      if (header.getType() == null || !type.equals(header.getType().getType())) {
        throw new IllegalArgumentException(
            "it is signed as something else (expected: typ " + type + ")");
      }
      List<X509Certificate> chain = chain(header);
      if (!jws.verify(verifier(chain.get(0).getPublicKey()))) {
        throw new IllegalArgumentException(
            "the signature is not by the key of its certificate, or what it signs was altered");
      }
      return new Jws(jws.getPayload().toString(), chain);
    } catch (ParseException | JOSEException e) {
      throw new IllegalArgumentException("it is no signature (expected: a JWS with x5c)", e);
    }
  }

  private static List<X509Certificate> chain(JWSHeader header) {
    List<Base64> encoded = header.getX509CertChain();
    if (encoded == null || encoded.isEmpty() || encoded.size() > LONGEST_CHAIN) {
      throw new IllegalArgumentException(
          "it has no certificates, or too many (expected: x5c with 1 to " + LONGEST_CHAIN + ")");
    }
    List<X509Certificate> chain = new ArrayList<>();
    for (Base64 each : encoded) {
      X509Certificate certificate = X509CertUtils.parse(each.decode());
      if (certificate == null) {
        throw new IllegalArgumentException("x5c holds what is no certificate");
      }
      chain.add(certificate);
    }
    return chain;
  }

  private static JWSVerifier verifier(PublicKey key) throws JOSEException {
    if (key instanceof ECPublicKey curve) {
      return new ECDSAVerifier(curve);
    }
    if (key instanceof RSAPublicKey rsa) {
      return new RSASSAVerifier(rsa);
    }
    throw new IllegalArgumentException(
        "the key is " + key.getAlgorithm() + " (expected: EC or RSA)");
  }
}
