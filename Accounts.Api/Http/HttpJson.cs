using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Accounts.Api.Http;

/// <summary>The answers that belong to no room.</summary>
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, List<string>>))]
[JsonSerializable(typeof(Dictionary<string, List<string>>))]
[JsonSerializable(typeof(DetailResponse))]
[JsonSerializable(typeof(MessageResponse))]
[JsonSerializable(typeof(EmptyResponse))]
[JsonSerializable(typeof(SeenRequest))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class HttpJson : JsonSerializerContext;
