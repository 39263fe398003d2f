package dev.lookaside.security.rights;

import dev.lookaside.core.check.Require;
import dev.lookaside.security.identity.Principal;
import dev.lookaside.tls.PeerNames;
import java.util.List;

/** Who has which roles, for which services. Who is not in it may nothing. */
public record Policy(List<Rule> rules) {

  /**
   * The roles of those who have such a name.
   *
   * @param principal a name; a {@code *} at the end stands for anything
   */
  public record Rule(String principal, Rights rights) {
    public Rule {
      requirePattern("principal", principal);
      Require.that(!principal.equals("*"), "principal", principal, "a name, not everybody");
      Require.that(
          !rights.roles().isEmpty(), "roles of " + principal, rights.words(), "at least one");
      Require.that(
          !rights.services().isEmpty(), "services of " + principal, "empty", "at least one");
      rights.services().forEach(service -> requirePattern("service", service));
      rights.ids().forEach(id -> requirePattern("id", id));
    }

    private static void requirePattern(String what, String pattern) {
      int star = pattern.indexOf('*');
      Require.that(
          !pattern.isEmpty() && (star < 0 || star == pattern.length() - 1),
          what,
          pattern,
          "a name, with a star at its end only");
    }
  }

  public Policy {
    rules = List.copyOf(rules);
  }

  /** The first rule that fits decides: the most special ones come first. */
  public Rights of(Principal principal) {
    if (!principal.isKnown()) {
      return Rights.NONE;
    }
    return rules.stream()
        .filter(rule -> PeerNames.matches(rule.principal(), principal.name()))
        .findFirst()
        .map(Rule::rights)
        .orElse(Rights.NONE);
  }
}
