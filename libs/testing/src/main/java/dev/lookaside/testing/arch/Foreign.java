package dev.lookaside.testing.arch;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;

/** What comes from outside and stops at the adapters. */
public enum Foreign {
  /** jetcd, but for its byte sequence, which is a value like a string. */
  ETCD("io.etcd..") {
    @Override
    boolean isValue(JavaClass type) {
      return type.getSimpleName().equals("ByteSequence");
    }
  },
  GRPC("io.grpc.."),
  /** What grpc-java does not promise to keep. */
  GRPC_INTERNALS("io.grpc.internal..", "io.grpc.netty.."),
  GUAVA("com.google.common.."),
  LOOKASIDE_REGISTRY("dev.lookaside.registry.."),
  MICROMETER("io.micrometer.."),
  NETTY("io.netty.."),
  PICOCLI("picocli.."),
  /** Messages of any protocol, our own included. */
  PROTOBUF(
      "com.google.protobuf..",
      "dev.lookaside.orca.v3..",
      "dev.lookaside.v1..",
      "dev.lookaside.xds.v3.."),
  SPRING("org.springframework..");

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> packages;

  Foreign(String... packages) {
    this.packages = List.of(packages);
  }

  boolean isValue(JavaClass type) {
    return false;
  }

  DescribedPredicate<JavaClass> types() {
    return JavaClass.Predicates.resideInAnyPackage(packages.toArray(String[]::new))
        .and(DescribedPredicate.describe("are no values", type -> !isValue(type)))
        .as("are of " + name());
  }
}
