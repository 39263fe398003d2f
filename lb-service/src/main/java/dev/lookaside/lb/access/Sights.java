package dev.lookaside.lb.access;

import dev.lookaside.security.http.HttpCaller;
import dev.lookaside.security.identity.Principal;
import dev.lookaside.security.rights.Judge;
import java.util.Optional;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Says what each caller is shown: who has rights to some services only sees no others. */
public final class Sights {
  private final Optional<Judge> judge;

  /**
   * @param judge empty if rights are not asked for: then all see everything
   */
  public Sights(Optional<Judge> judge) {
    this.judge = judge;
  }

  public Sight of(Principal caller) {
    return judge
        .<Sight>map(known -> new Sight.ByRights(known.follow(caller)))
        .orElse(Sight.EVERYTHING);
  }

  /**
   * Of whoever sent the HTTP request that is answered on this thread; where there is none, the
   * process asks itself.
   */
  public Sight ofRequest() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes http
        ? of(HttpCaller.of(http.getRequest()))
        : Sight.EVERYTHING;
  }
}
