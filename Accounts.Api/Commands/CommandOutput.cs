using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Accounts.Api.Admin;
using Accounts.Core.Outbox;

namespace Accounts.Api.Commands;

/// <summary>What commands print: for people, or with <c>--json</c> for programs, one document on standard output.</summary>
internal static class CommandOutput
{
    private const int Failed = 1;

    /// <summary>Every command takes it.</summary>
    public static readonly Option<bool> JsonOption = new("--json") { Description = "Prints JSON, for programs.", Recursive = true };

    public static bool IsJson(this ParseResult words) => words.GetValue(JsonOption);

    public static void Json<T>(T value, JsonTypeInfo<T> type) => Console.WriteLine(JsonSerializer.Serialize(value, type));

    /// <summary>Tells on standard error, with <c>--json</c> as a document there, why nothing was done.</summary>
    /// <returns>the exit code</returns>
    public static int Fail(string message, bool json)
    {
        Console.Error.WriteLine(json ? JsonSerializer.Serialize(new CommandFailure(message), CommandJson.Default.CommandFailure) : message);
        return Failed;
    }
}

internal sealed record CommandFailure(string Error);

internal sealed record Migrated(bool IsComplete);

internal sealed record RetriedMails(int Retried);

internal sealed record TriedMail(string SentTo);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(CheckResponse))]
[JsonSerializable(typeof(OutboxStatus))]
[JsonSerializable(typeof(CommandFailure))]
[JsonSerializable(typeof(Migrated))]
[JsonSerializable(typeof(RetriedMails))]
[JsonSerializable(typeof(TriedMail))]
internal sealed partial class CommandJson : JsonSerializerContext;
