package dev.lookaside.lb.adminhttp;

import dev.lookaside.lb.admin.Note;
import dev.lookaside.security.audit.AuditLog;
import dev.lookaside.security.http.HttpCaller;
import dev.lookaside.security.identity.Principal;
import dev.lookaside.security.rights.Judge;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who asks, and for which services they may. That they are operators, and on a page of our own, is
 * known before a request comes here: {@link dev.lookaside.security.http.HttpGuard}.
 */
public final class Askers {
  private final Optional<Judge> judge;
  private final Optional<AuditLog> audit;

  /** Both are empty if rights are not asked for. */
  public Askers(Optional<Judge> judge, Optional<AuditLog> audit) {
    this.judge = judge;
    this.audit = audit;
  }

  /** Throws {@link NoRight} if the operator is one of other services. */
  void requireRight(HttpServletRequest request, String service) {
    Principal caller = HttpCaller.of(request);
    Optional<String> refusal = judge.flatMap(known -> known.grant(caller).refusalOf(service));
    refusal.ifPresent(reason -> {
      String what = request.getMethod() + " " + request.getRequestURI();
      audit.ifPresent(lines -> lines.refused(what, caller, request.getRemoteAddr(), reason));
      throw new NoRight(reason);
    });
  }

  /** What is kept with a change. Who proves no name is known by where they are. */
  static Note note(HttpServletRequest request, Change change) {
    Principal caller = HttpCaller.of(request);
    return new Note(
        caller.isKnown() ? caller.name() : "dashboard at " + request.getRemoteAddr(),
        caller.proof().name().toLowerCase(Locale.ROOT),
        change.why(),
        OptionalLong.of(change.expectedRevision()));
  }
}
