/** Explainers and their pictures. */
module dev.vitrine.xai {
  requires transitive dev.vitrine.nn;
  requires static transitive org.jspecify;
  requires transitive java.desktop;

  exports dev.vitrine.xai;
  exports dev.vitrine.xai.gradient;
  exports dev.vitrine.xai.layer;
  exports dev.vitrine.xai.metric;
  exports dev.vitrine.xai.rule;
  exports dev.vitrine.xai.train;
  exports dev.vitrine.xai.view;
}
