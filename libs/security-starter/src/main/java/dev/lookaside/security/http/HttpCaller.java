package dev.lookaside.security.http;

import dev.lookaside.security.identity.BearerTokens;
import dev.lookaside.security.identity.Principal;
import dev.lookaside.security.identity.Principal.Proof;
import dev.lookaside.tls.CertificateNames;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Locale;

/** Who sends a request: whom the connection's certificate is for, else whose the token is. */
public final class HttpCaller {
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
  private static final String BEARER = "bearer ";
  private static final String CALLER = HttpCaller.class.getName();

  private final BearerTokens tokens;

  HttpCaller(BearerTokens tokens) {
    this.tokens = tokens;
  }

  /** Who sent this request, as {@link HttpGuard} found out; nobody where it does not ask. */
  public static Principal of(ServletRequest request) {
    return request.getAttribute(CALLER) instanceof Principal known ? known : Principal.NOBODY;
  }

  static void put(ServletRequest request, Principal caller) {
    request.setAttribute(CALLER, caller);
  }

  /**
   * Finds it out.
   *
   * @throws IllegalArgumentException that says what is wrong with the token, never the token
   */
  Principal find(HttpServletRequest request) {
    if (request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0) {
      return CertificateNames.of(chain[0])
          .principal()
          .map(name -> new Principal(name, Proof.CERTIFICATE))
          .orElse(Principal.NOBODY);
    }
    String header = request.getHeader("Authorization");
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return Principal.NOBODY;
    }
    if (!request.isSecure() && !Origins.isThisMachine(request.getRemoteAddr())) {
      throw new IllegalArgumentException(
          "the connection is plaintext (expected: TLS, because a token is shown)");
    }
    BearerTokens.Answer answer = tokens.check(header.substring(BEARER.length()).strip());
    if (answer instanceof BearerTokens.Unacceptable unacceptable) {
      throw new IllegalArgumentException(unacceptable.reason());
    }
    return new Principal(((BearerTokens.Known) answer).name(), Proof.TOKEN);
  }
}
