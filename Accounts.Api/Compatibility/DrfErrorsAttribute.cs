using System.Text.Json.Nodes;
using Accounts.Api.Http;
using Accounts.Core.Failures;

namespace Accounts.Api.Compatibility;

/// <summary>Failures as a library of Django REST framework tells them: in the shapes that ours have, with its own status numbers, words and names of fields.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DrfErrorsAttribute : ErrorShapeAttribute
{
    public override ShapedError Shape(EndpointMetadataCollection endpoint, AccountsException failure, ShapedError usual)
    {
        if (failure is InvalidInputException)
        {
            return usual with { Body = Renamed(endpoint, usual.Body) };
        }
        if (TellsAttribute.Of(endpoint, failure.Code) is not { } row)
        {
            return usual;
        }
        return new ShapedError(row.Status, row.Field is { } field ? new JsonObject { [field] = new JsonArray(row.Text) } : Detail(row, usual.Body));
    }

    private static JsonObject Detail(TellsAttribute row, JsonObject usual)
    {
        usual["detail"] = row.Text;
        if (row.Word is { } word)
        {
            usual["code"] = word;
        }
        return usual;
    }

    private static JsonObject Renamed(EndpointMetadataCollection endpoint, JsonObject fields)
    {
        foreach (var renamed in endpoint.GetOrderedMetadata<RenamesAttribute>())
        {
            if (fields.Remove(renamed.Ours, out var messages))
            {
                fields[renamed.Theirs] = messages;
            }
        }
        return fields;
    }
}
