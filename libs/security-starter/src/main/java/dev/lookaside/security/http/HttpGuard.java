package dev.lookaside.security.http;

import dev.lookaside.security.audit.AuditLog;
import dev.lookaside.security.config.SecurityProperties.Changes;
import dev.lookaside.security.identity.Principal;
import dev.lookaside.security.rights.Judge;
import dev.lookaside.security.rights.Role;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody ask the HTTP server for what they have no right to. A handler needs to do nothing for
 * it: reading is for operators, or for who else {@link HttpRoles} names; whatever is not reading is
 * for operators, and is written down. Who asks is said by {@link HttpCaller#of}.
 *
 * <p>Without {@code security.enabled}, everybody may read, and change from this machine. No other
 * site may make a browser change something, ever.
 */
public final class HttpGuard implements Filter {
  private static final String GUARD = HttpGuard.class.getName();
  private static final String CHANGES = "changes";

  private final Optional<Rights> rights;
  private final Changes changes;

  /** What is there only with {@code security.enabled}. */
  record Rights(HttpRoles roles, HttpCaller caller, Judge judge, AuditLog audit) {}

  HttpGuard(Optional<Rights> rights, Changes changes) {
    this.rights = rights;
    this.changes = changes;
  }

  /**
   * Why whoever has sent this request could change nothing, if so: for pages that say beforehand
   * what they can do. Only what a guard has let through can.
   */
  public static Optional<String> refusalOfChanges(HttpServletRequest request) {
    return request.getAttribute(GUARD) instanceof HttpGuard guard
        ? guard.refusalOfChange(request)
        : Optional.of("nobody guards " + request.getRequestURI());
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain next)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest asked
        && response instanceof HttpServletResponse answer) {
      Optional<Refused> refused = refusal(asked);
      if (refused.isPresent()) {
        refused.get().writeTo(answer);
        return;
      }
      request.setAttribute(GUARD, this);
    }
    next.doFilter(request, response);
  }

  private record Refused(int status, String reason) {
    void writeTo(HttpServletResponse answer) throws IOException {
      answer.setStatus(status);
      if (status == HttpServletResponse.SC_UNAUTHORIZED) {
        answer.setHeader("WWW-Authenticate", "Bearer");
      }
      answer.setContentType("text/plain;charset=UTF-8");
      answer.getOutputStream().write((reason + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private Optional<Refused> refusal(HttpServletRequest request) {
    boolean isChange = HttpRoles.changes(request.getMethod());
    Optional<String> foreign = isChange ? Origins.foreign(request) : Optional.empty();
    if (foreign.isPresent()) {
      return foreign.map(HttpGuard::forbidden);
    }
    if (rights.isPresent()) {
      return byRights(rights.get(), request);
    }
    return isChange ? refusalOfChange(request).map(HttpGuard::forbidden) : Optional.empty();
  }

  private Optional<String> refusalOfChange(HttpServletRequest request) {
    if (rights.isPresent()) {
      return rights
          .get()
          .judge()
          .grant(HttpCaller.of(request))
          .refusal(HttpRoles.ofChanges(), CHANGES);
    }
    return changes == Changes.THIS_MACHINE ? Origins.elsewhere(request) : Optional.empty();
  }

  private static Optional<Refused> byRights(Rights rights, HttpServletRequest request) {
    String method = request.getMethod();
    String path = request.getRequestURI();
    if (rights.roles().isOpen(method, path)) {
      return Optional.empty();
    }
    String what = method + " " + path;
    String address = String.valueOf(request.getRemoteAddr());
    Principal caller;
    try {
      caller = rights.caller().find(request);
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage());
      rights.audit().refused(what, Principal.NOBODY, address, reason);
      return Optional.of(new Refused(HttpServletResponse.SC_UNAUTHORIZED, reason));
    }
    Set<Role> wanted = rights.roles().rolesOf(method, path);
    Optional<String> reason = rights.judge().grant(caller).refusal(wanted, what);
    if (reason.isPresent()) {
      rights.audit().refused(what, caller, address, reason.get());
      return Optional.of(refused(caller, reason.get()));
    }
    HttpCaller.put(request, caller);
    if (HttpRoles.changes(method)) {
      rights.audit().changed(what, caller, address);
    }
    return Optional.empty();
  }

  private static Refused refused(Principal caller, String reason) {
    return caller.isKnown()
        ? forbidden(reason)
        : new Refused(
            HttpServletResponse.SC_UNAUTHORIZED,
            "nobody knows who asks (expected: a certificate with a name, or a bearer token)");
  }

  private static Refused forbidden(@Nullable String reason) {
    return new Refused(HttpServletResponse.SC_FORBIDDEN, String.valueOf(reason));
  }
}
