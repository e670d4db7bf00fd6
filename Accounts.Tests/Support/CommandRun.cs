using System.Text.Json;

namespace Accounts.Tests.Support;

/// <summary>What a command of the program has said, and how it has ended.</summary>
public sealed record CommandRun(int ExitCode, string Output, string Errors)
{
    /// <summary>What it has printed, with <c>--json</c>.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public override string ToString() => $"{ExitCode}\n{Output}{Errors}";
}
