package dev.lookaside.testing.etcd;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Passes an etcd to whoever asks for one by a parameter:
 *
 * <ul>
 *   <li>{@link EtcdServer}: the most real one there is;
 *   <li>{@link EtcdProcess}, {@link EtcdContainer}: that kind, else the test is skipped with a
 *       reason (or fails, see {@link RequiresRealEtcd} and {@link RequiresDocker}).
 * </ul>
 *
 * <p>Where it is asked for decides how long it lives: a constructor or {@code @BeforeAll} gets one
 * for the whole class, which its methods then share; a {@code @BeforeEach} or test method otherwise
 * gets one of its own. It is closed with that scope.
 *
 * <pre>
 * &#64;ExtendWith(EtcdExtension.class)
 * class RegistrarTest {
 *   RegistrarTest(EtcdServer etcd) {...}
 * }
 *
 * &#64;RequiresRealEtcd
 * class RegistrarFaultTest {
 *   &#64;Test void comesBackAfterAWipe(EtcdProcess etcd) {...}
 * }
 * </pre>
 */
public final class EtcdExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(EtcdExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return EtcdServer.class.isAssignableFrom(parameter.getParameter().getType());
  }

  @Override
  public EtcdServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(
            parameter.getParameter().getType(), EtcdExtension::start, EtcdServer.class);
  }

  private static EtcdServer start(Class<?> kind) {
    if (kind == EtcdProcess.class) {
      Requirement.ETCD.orSkip();
      return EtcdProcess.start();
    }
    if (kind == EtcdContainer.class) {
      Requirement.DOCKER.orSkip();
      return EtcdContainer.start();
    }
    return EtcdServer.start();
  }
}
