import ArgumentParser

/// The `apus` command.
struct Apus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apus", abstract: "A Go compiler whose programs start at the speed of exec.")
}

Apus.main()
