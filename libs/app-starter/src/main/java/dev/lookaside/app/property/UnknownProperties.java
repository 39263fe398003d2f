package dev.lookaside.app.property;

import java.util.List;
import java.util.Optional;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Ends the start for a property below our prefixes that this application does not have: it would
 * have no effect, and nobody would know. Spring Boot's own check can do it for one record and one
 * prefix; ours are shared by several.
 *
 * <p>Arguments, files and system properties are refused whenever they are unknown; the environment
 * is not ours alone, see {@link CheckSettings}.
 */
public final class UnknownProperties implements EnvironmentPostProcessor, Ordered {
  /** What a name of ours begins with. */
  public static final List<String> PREFIXES =
      List.of("lb", "worker", "etcd", "security", "lookaside");

  /** After all that adds properties, files included. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    var catalog = PropertyCatalog.read(application.getClassLoader(), PREFIXES);
    CheckSettings settings =
        Binder.get(environment).bindOrCreate("lookaside.check", CheckSettings.class);
    var variables = new UnknownVariables(catalog, settings);
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      Object underlying = source.getUnderlyingSource();
      if (underlying instanceof SystemEnvironmentPropertySource process) {
        variables.refuseAnyIn(process);
      } else if (source instanceof IterableConfigurationPropertySource iterable) {
        boolean typed = underlying instanceof CommandLinePropertySource;
        iterable.stream()
            .filter(UnknownProperties::isOurs)
            .map(UnknownProperties::withoutIndex)
            .filter(name -> typed || catalog.hasPrefix(prefix(name)))
            .filter(name -> !catalog.knows(name) && !settings.ignores(name.toString()))
            .findFirst()
            .ifPresent(name -> refuse(name, source, catalog));
      }
    }
  }

  /** Whether the name is below one of our prefixes. */
  static boolean isOurs(ConfigurationPropertyName name) {
    return !name.isEmpty() && PREFIXES.contains(prefix(name));
  }

  private static String prefix(ConfigurationPropertyName name) {
    return name.getElement(0, Form.UNIFORM);
  }

  /** {@code etcd.endpoints[0]} is a part of {@code etcd.endpoints}. */
  private static ConfigurationPropertyName withoutIndex(ConfigurationPropertyName name) {
    return name.isLastElementIndexed() && name.isNumericIndex(name.getNumberOfElements() - 1)
        ? name.getParent()
        : name;
  }

  private static void refuse(
      ConfigurationPropertyName name, ConfigurationPropertySource source, PropertyCatalog catalog) {
    String where =
        Optional.ofNullable(source.getConfigurationProperty(name))
            .map(property -> property.getOrigin())
            .map(Origin::toString)
            .filter(origin -> origin.contains(" - "))
            .map(origin -> ", in " + origin + ",")
            .orElse("");
    throw unknown(name + where, catalog.nearest(name));
  }

  static IllegalArgumentException unknown(String what, Optional<PropertyCatalog.Nearest> nearest) {
    return new IllegalArgumentException(
        "%s is unknown (expected: a property that exists%s)"
            .formatted(what, nearest.map(known -> ", such as " + known.name()).orElse("")));
  }
}
