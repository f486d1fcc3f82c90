/** The tape, its ops, and programs compiled from it. */
module dev.vitrine.autodiff {
  requires transitive dev.vitrine.tensor;
  requires static org.jspecify;

  exports dev.vitrine.autodiff;
  exports dev.vitrine.autodiff.compile;
  exports dev.vitrine.autodiff.op;
}
