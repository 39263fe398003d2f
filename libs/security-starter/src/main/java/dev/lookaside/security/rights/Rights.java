package dev.lookaside.security.rights;

import dev.lookaside.tls.PeerNames;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one principal may.
 *
 * @param roles what it is
 * @param services names of the services that this is about; a {@code *} at the end stands for
 *     anything
 */
public record Rights(Set<Role> roles, List<String> services) {
  private static final String ALL = "*";
  public static final Rights NONE = new Rights(Set.of(), List.of());
  public static final Rights EVERYTHING = new Rights(EnumSet.allOf(Role.class), List.of(ALL));

  public Rights {
    roles = Set.copyOf(roles);
    services = List.copyOf(services);
  }

  public boolean cover(String service) {
    return services.stream().anyMatch(pattern -> PeerNames.matches(pattern, service));
  }

  boolean coverAll() {
    return services.contains(ALL);
  }

  boolean haveOneOf(Set<Role> wanted) {
    return !Collections.disjoint(roles, wanted);
  }

  /** The roles, as policy files name them. */
  public List<String> words() {
    return roles.stream().sorted().map(Role::word).collect(Collectors.toList());
  }
}
