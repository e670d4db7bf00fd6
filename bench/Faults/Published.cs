namespace Faults;

/// <summary>What is tried: the server as it is published, the one of the commit before, and a small disk.</summary>
internal sealed record Published(string Program, string Before, string SmallDisk)
{
    /// <summary>A command of the program, beside the nodes that serve.</summary>
    public Task CommandAsync(Stage stage, string[] words) => Programs.RunAsync(["/usr/bin/env", .. stage.NodeSettings.Select(s => $"{s.Item1}={s.Item2}"), "dotnet", Program, .. words]);
}
