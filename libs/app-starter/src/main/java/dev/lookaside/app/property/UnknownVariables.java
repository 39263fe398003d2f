package dev.lookaside.app.property;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Finds variables of the environment that are meant for us and have no effect. */
final class UnknownVariables {
  /**
   * Below these the environment holds others' variables too: etcd reads its own flags from {@code
   * ETCD_*}, and our tools have some.
   */
  private static final Set<String> SHARED = Set.of("etcd", "lookaside");

  private static final int SHORT = 4;

  private final PropertyCatalog catalog;
  private final CheckSettings settings;

  UnknownVariables(PropertyCatalog catalog, CheckSettings settings) {
    this.catalog = catalog;
    this.settings = settings;
  }

  void refuseAnyIn(SystemEnvironmentPropertySource environment) {
    for (String variable : environment.getPropertyNames()) {
      String value = String.valueOf(environment.getProperty(variable));
      if (isOurs(variable) && !ForeignVariables.contain(variable, value) && isUnknown(variable)) {
        refuse(variable);
      }
    }
  }

  private boolean isOurs(String variable) {
    return variable.contains("_") && catalog.hasPrefix(prefix(variable));
  }

  private boolean isUnknown(String variable) {
    String uniform = KnownProperty.uniform(variable.replaceAll("(_[0-9]+)+_?$", ""));
    return !catalog.knowsVariable(uniform) && !settings.ignoresVariable(uniform);
  }

  private void refuse(String variable) {
    Optional<PropertyCatalog.Nearest> nearest =
        catalog.nearestVariable(variable.toUpperCase(Locale.ROOT));
    if (endsTheStart(variable, nearest)) {
      throw UnknownProperties.unknown(variable, nearest);
    }
  }

  private boolean endsTheStart(String variable, Optional<PropertyCatalog.Nearest> nearest) {
    String prefix = prefix(variable);
    if (settings.environment() == CheckSettings.Environment.ALL && !SHARED.contains(prefix)) {
      return true;
    }
    int slips = variable.length() - prefix.length() - 1 <= SHORT ? 1 : 2;
    return nearest.isPresent() && nearest.get().typos() <= slips;
  }

  private static String prefix(String variable) {
    return variable.substring(0, variable.indexOf('_')).toLowerCase(Locale.ROOT);
  }
}
