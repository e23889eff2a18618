import java.io.File;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.openide.util.Lookup;

/** Opens files in Gephi itself and prints what it makes of each: java -cp gephi-toolkit-all.jar Gephi.java FILE... */
public class Gephi {
  public static void main(String[] files) throws Exception {
    for (String file : files) {
      ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
      projects.newProject();
      ImportController imports = Lookup.getDefault().lookup(ImportController.class);
      Container container = imports.importFile(new File(file));
      for (Issue issue : (Iterable<Issue>) () -> container.getReport().getIssues(100)) {
        System.out.println("issue " + issue.getMessage());
      }
      imports.process(container, new DefaultProcessor(), projects.getCurrentWorkspace());
      GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel();
      int labelled = 0;
      for (Node n : model.getGraph().getNodes()) {
        if (n.getLabel() != null && !n.getLabel().isEmpty()) {
          labelled++;
        }
      }
      System.out.println("nodes " + model.getGraph().getNodeCount() + " labelled " + labelled + " edges " + model.getGraph().getEdgeCount());
    }
  }
}
