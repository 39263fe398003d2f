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
 * @param ids under which it may register, likewise; if there are none, the last part of its name
 */
public record Rights(Set<Role> roles, List<String> services, List<String> ids) {
  private static final String ALL = "*";
  public static final Rights NONE = new Rights(Set.of(), List.of());
  public static final Rights EVERYTHING = new Rights(EnumSet.allOf(Role.class), List.of(ALL));

  public Rights(Set<Role> roles, List<String> services) {
    this(roles, services, List.of());
  }

  public Rights {
    roles = Set.copyOf(roles);
    services = List.copyOf(services);
    ids = List.copyOf(ids);
  }

  public boolean cover(String service) {
    return services.stream().anyMatch(pattern -> PeerNames.matches(pattern, service));
  }

  /** Whether somebody of this name may register under this id. */
  boolean coverId(String name, String id) {
    return ids.isEmpty()
        ? id.equals(name) || id.equals(name.substring(name.lastIndexOf('/') + 1))
        : ids.stream().anyMatch(pattern -> PeerNames.matches(pattern, id));
  }

  public boolean coverAll() {
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
