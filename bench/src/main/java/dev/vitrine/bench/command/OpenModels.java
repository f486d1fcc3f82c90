package dev.vitrine.bench.command;

import dev.vitrine.bench.run.ModelFiles;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Models of files, ready to be explained on a device. */
record OpenModels(List<Model> models, List<Subject> subjects) implements AutoCloseable {
  static OpenModels open(List<Path> files, Device device) throws IOException {
    var all = new OpenModels(new ArrayList<>(), new ArrayList<>());
    try {
      for (Path file : files) {
        Model model = ModelFiles.read(file);
        all.models.add(model);
        all.subjects.add(Subject.of(model, device));
      }
      return all;
    } catch (IOException | RuntimeException e) {
      all.close();
      throw e;
    }
  }

  @Override
  public void close() {
    subjects.forEach(Subject::close);
    models.forEach(Model::close);
  }
}
