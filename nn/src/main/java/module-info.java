/** Models, their data and their training. */
module dev.vitrine.nn {
  requires java.net.http;
  requires org.apache.commons.csv;
  requires transitive dev.vitrine.autodiff;
  requires static org.jspecify;

  exports dev.vitrine.nn;
  exports dev.vitrine.nn.data;
  exports dev.vitrine.nn.layer;
  exports dev.vitrine.nn.loss;
  exports dev.vitrine.nn.metric;
  exports dev.vitrine.nn.onnx;
  exports dev.vitrine.nn.optim;
  exports dev.vitrine.nn.torch;
  exports dev.vitrine.nn.train;
}
