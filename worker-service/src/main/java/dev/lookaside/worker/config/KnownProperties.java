package dev.lookaside.worker.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * Refuses a misspelt property. Several records share one prefix here, each of which would call the
 * others' properties unknown, so Spring Boot's own check cannot do it.
 */
public final class KnownProperties {
  private KnownProperties() {}

  /**
   * Throws {@link IllegalArgumentException} for a property below the prefix that no record has. The
   * environment and the system may hold others: they are not ours alone.
   */
  public static void require(
      Environment environment, String prefix, List<Class<? extends Record>> records) {
    Set<String> known =
        records.stream()
            .flatMap(type -> Arrays.stream(type.getRecordComponents()))
            .map(RecordComponent::getName)
            .map(DataObjectPropertyName::toDashedForm)
            .collect(Collectors.toSet());
    var filter = new UnboundElementsSourceFilter();
    var root = ConfigurationPropertyName.of(prefix);
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (filter.apply(source) && source instanceof IterableConfigurationPropertySource iterable) {
        iterable.stream()
            .filter(name -> root.isAncestorOf(name) && !known.contains(element(name, root)))
            .findFirst()
            .ifPresent(name -> refuse(name, source));
      }
    }
  }

  private static String element(ConfigurationPropertyName name, ConfigurationPropertyName root) {
    return name.getElement(root.getNumberOfElements(), ConfigurationPropertyName.Form.DASHED);
  }

  private static void refuse(ConfigurationPropertyName name, ConfigurationPropertySource source) {
    var property = source.getConfigurationProperty(name);
    throw new IllegalArgumentException(
        "%s is '%s' (expected: no such property; see the list in the README)"
            .formatted(name, property == null ? "" : property.getValue()));
  }
}
