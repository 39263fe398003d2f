package dev.lookaside.testing.etcd;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * This test needs a Docker engine; {@link EtcdContainer} parameters run on it. Where there is none
 * it is skipped with a reason, or fails if {@code LOOKASIDE_REQUIRE_DOCKER} is {@code true} as a
 * system property or in the environment.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith({DockerCondition.class, EtcdExtension.class})
public @interface RequiresDocker {}
