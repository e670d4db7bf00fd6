using System.Text.Json.Serialization;

namespace Accounts.Api.Export;

[JsonSerializable(typeof(ExportedAccount))]
internal sealed partial class ExportJson : JsonSerializerContext;
